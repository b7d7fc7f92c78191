namespace Planning.CrashHost;

/// <summary>Lines for whoever started the host; they stand out from the log, which goes the same way.</summary>
internal static class Said
{
    public const string Mark = "@ ";

    public static void Line(string text) => Console.Out.WriteLine(Mark + text);
}
