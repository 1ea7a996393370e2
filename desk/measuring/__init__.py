"""What the pages cost: measured against real processes beside two views that do as little as can be done."""
