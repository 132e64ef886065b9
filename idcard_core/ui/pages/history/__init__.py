"""What was read: in this session and, where readings are kept, before."""
