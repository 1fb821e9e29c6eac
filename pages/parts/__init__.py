"""What pages share: the frame's filters, how a figure is shown, charts, and texts."""
