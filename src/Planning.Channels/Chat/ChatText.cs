namespace Planning.Channels.Chat;

/// <summary>Keeps a text within what a chat takes.</summary>
internal static class ChatText
{
    /// <summary>At most so many characters; what is cut off ends with an ellipsis, and never in the middle of a character.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length)
            return text;
        var end = length - 1;
        return (char.IsHighSurrogate(text[end - 1]) ? text[..(end - 1)] : text[..end]) + "…";
    }

    /// <summary>What a chat answered, when it is one of its error codes (<c>channel_not_found</c>); any other text may hold anything.</summary>
    public static string Code(string body) =>
        body.Length is > 0 and <= 50 && body.All(c => char.IsAsciiLetterLower(c) || c == '_') ? body : "";
}
