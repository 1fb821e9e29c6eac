"""What is asked: questions with their contracts, filters, measures, the engine that answers."""
