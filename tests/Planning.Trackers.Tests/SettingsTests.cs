using System.Text;
using Planning.Domain.Refreshes;
using Planning.Engine.Trackers;
using Planning.Trackers.Jira;
using Planning.Trackers.ServiceNow;

namespace Planning.Trackers.Tests;

/// <summary>Settings as operators write them, and what is said of those that cannot work.</summary>
public sealed class SettingsTests
{
    private const string Whole =
        """
        [{
          "id": "jira-ops", "workspace": "acme", "kind": "jira_cloud", "base_address": "https://example.atlassian.net", "user": "bot@example.org", "token": "t", "project": "OPS",
          "own_account": "5b10a", "statuses": {"IN_PROGRESS": "Doing", "COMPLETED": "Done"}, "wishes": {"Approved": "approve"}, "fields": {"window_start": "customfield_10010"},
          "people": {"5b10b": "per_anna"}, "webhook_secrets": ["0123456789abcdef"], "max_message_age": "00:30:00", "link_to": "https://planning.example/{id}"
        }]
        """;

    [Fact]
    public void A_file_says_everything_in_our_words_on_the_one_side_and_theirs_on_the_other()
    {
        var tracker = Assert.Single(TrackersFile.Parse(Encoding.UTF8.GetBytes(Whole)));

        Assert.Equal((TrackerKind.JiraCloud, "Doing", TrackerWish.Approve), (tracker.Kind, tracker.StatusMapping[RefreshStatus.InProgress], tracker.WishMapping["Approved"]));
        Assert.Equal(("customfield_10010", "per_anna", TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(10)), (tracker.Fields[TrackedField.WindowStart], tracker.People["5b10b"], tracker.MaxMessageAge, tracker.Timeout));
    }

    [Theory]
    [InlineData("\"jira-ops\"", "\"Jira Ops\"", "id is 1 to 40")]
    [InlineData("https://example.atlassian.net", "http://example.atlassian.net", "base_address")]
    [InlineData("https://example.atlassian.net", "https://user@example.atlassian.net", "base_address")]
    [InlineData("\"OPS\"", "\"OPS\\\" OR 1\"", "project is")]
    [InlineData("bot@example.org", "bot:x", "user is empty or has a colon")]
    [InlineData("0123456789abcdef", "short", "at least 16 characters")]
    [InlineData("00:30:00", "7.00:00:00", "max_message_age is 1 minute to 1 day")]
    [InlineData("\"5b10b\"", "\"5b10a\"", "own_account is among people")]
    [InlineData("https://planning.example/{id}", "https://planning.example/", "link_to")]
    [InlineData("customfield_10010", "custom field", "a field is named by")]
    [InlineData("\"Doing\"", "\"\"", "a status is mapped to nothing")]
    [InlineData("\"kind\": \"jira_cloud\"", "\"kind\": \"trello\"", "no array of trackers")]
    [InlineData("\"approve\"", "\"complete\"", "no array of trackers")]
    [InlineData("\"user\"", "\"usr\"", "'usr'")]
    [InlineData("\"token\": \"t\",", "", "'token'")]
    public void What_cannot_work_is_named(string written, string instead, string said)
    {
        var refused = Assert.Throws<TrackersFileException>(() => TrackersFile.Parse(Encoding.UTF8.GetBytes(Whole.Replace(written, instead, StringComparison.Ordinal))));

        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_of_one_name_are_refused_and_so_is_a_file_that_is_not_there()
    {
        var twice = Whole.TrimEnd()[..^1] + "," + Whole.TrimStart()[1..];

        Assert.Contains("Two trackers have the id 'jira-ops'", Assert.Throws<TrackersFileException>(() => TrackersFile.Parse(Encoding.UTF8.GetBytes(twice))).Message, StringComparison.Ordinal);
        Assert.Contains("/no/such/file", Assert.Throws<TrackersFileException>(() => TrackersFile.Read("/no/such/file")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Usual_mappings_never_approve() =>
        Assert.All(Enum.GetValues<TrackerKind>(), kind => Assert.DoesNotContain(TrackerWish.Approve, UsualMappings.WishesOf(kind).Values));

    [Theory]
    [InlineData("plain words, 100 %", "plain words, 100 %")]
    [InlineData("[see|http://evil.example] !pic.png! {code} [~anna]", @"\[see\|http://evil.example\] \!pic.png\! \{code\} \[\~anna\]")]
    public void What_people_wrote_is_no_markup(string written, string shown) => Assert.Equal(shown, JiraText.Plain(written));

    [Fact]
    public void What_people_wrote_is_no_HTML() => Assert.Equal("[ code]<b>x</b>[ /code] [0]", ServiceNowText.Plain("[CODE]<b>x</b>[/Code] [0]"));
}
