"""The house around the apps: settings, addresses, entries of the processes."""
