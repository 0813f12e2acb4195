"""Pages of the public: filing, coming back, following a matter."""
