using System.Security.Cryptography;
using System.Text;

namespace Planning.Artifacts;

/// <summary>How much a finding weighs: an <see cref="Error"/> fails a gate, the others inform.</summary>
public enum Severity
{
    /// <summary>Fails the gate that reports it.</summary>
    Error,

    /// <summary>Reported, does not fail a gate by itself.</summary>
    Warning,

    /// <summary>Reported for context only.</summary>
    Info,
}

/// <summary>One thing that is wrong with an artifact: where it is, what it is, and what to do about it.</summary>
/// <param name="File">Name of the artifact as the caller gave it.</param>
/// <param name="Line">1-based line; a line ends at LF, CR LF or CR.</param>
/// <param name="Column">1-based column, counted in UTF-16 code units.</param>
/// <param name="Pointer">JSON pointer (RFC 6901) of the node concerned; empty for the whole document.</param>
/// <param name="Rule">Stable id of the rule, such as <c>parse.duplicate_key</c>.</param>
/// <param name="Severity">Weight of the finding.</param>
/// <param name="Message">One sentence that says what is wrong.</param>
/// <param name="Advice">One sentence that says what to do.</param>
public sealed record Finding(
    string File, int Line, int Column, string Pointer, string Rule, Severity Severity, string Message, string Advice)
{
    /// <summary>The part of the message that identifies the finding; the whole message unless set.
    /// Set it where the message holds figures that change although the defect stays the same.</summary>
    public string? MessageKey { get; init; }

    /// <summary>For findings of a JSON Schema: where in the schema the broken keyword stands; null elsewhere.</summary>
    public string? SchemaLocation { get; init; }

    /// <summary>16 hex digits over file, pointer, rule and message key. Line and column stay out, so that a waiver
    /// survives edits above the finding.</summary>
    public string Fingerprint
    {
        get
        {
            var key = string.Join('\n', File, Pointer, Rule, MessageKey ?? Message);
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 8));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Line}:{Column}: {Severity} {Rule} {Pointer}: {Message} {Advice}";
}
