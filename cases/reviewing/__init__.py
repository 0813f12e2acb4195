"""Reviews of replies: how they stand, and the page on which a leader answers one."""
