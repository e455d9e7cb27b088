"""Reading from the open web, with nothing trusted: neither the address, nor where it leads, nor what comes back."""
