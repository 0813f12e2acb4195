"""Rewards for those whose report held and led to something: from the proposal to what is payable."""
