"""A body is dissolved in one operation: what belongs to it and its members go elsewhere."""
