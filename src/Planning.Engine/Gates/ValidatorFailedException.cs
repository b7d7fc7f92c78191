namespace Planning.Engine.Gates;

/// <summary>A validator knows why it has no result, and says it in a sentence for whoever reads the report. It is no crash, and never a pass.</summary>
public sealed class ValidatorFailedException : Exception
{
    public ValidatorFailedException() { }
    public ValidatorFailedException(string message) : base(message) { }
    public ValidatorFailedException(string message, Exception inner) : base(message, inner) { }
}
