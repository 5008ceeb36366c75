"""OFD (GB/T 33190), the national fixed-layout format: pages as the same arrays of characters and rulings as PDF."""
