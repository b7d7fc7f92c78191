using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Planning.Engine.Trackers;
using Planning.Testing;

namespace Planning.Trackers.Tests.Fakes;

/// <summary>As much of Jira's REST API 2 as is used here, with messages as Jira sends them.</summary>
internal sealed class FakeJira(FakeTime time, TrackerKind kind) : FakeTracker(time)
{
    private static readonly string[] Statuses = ["To Do", "In Progress", "Done", "Approved", "Rejected", "Cancelled"];

    private int changes = 100;

    public override TrackerOptions Options => new()
    {
        Id = "jira-ops", Workspace = "acme", Kind = kind, BaseAddress = Address, User = OwnAccount, Token = Token, Project = "OPS", OwnAccount = OwnAccount,
        WebhookSecrets = [Secret], Fields = new Dictionary<TrackedField, string> { [TrackedField.WindowStart] = "customfield_10010" }, LinkTo = "https://planning.example/refreshes/{id}",
    };

    public override (string Open, string Over) Words => ("To Do", "Done");

    public override string MarkOf(string refresh) => $"planning-{refresh}";

    public override TrackerDelivery Act(FakeItem item, TrackerWish? wish, string account, string? comment = null)
    {
        var status = wish switch { TrackerWish.Approve => "Approved", TrackerWish.Reject => "Rejected", TrackerWish.Cancel => "Cancelled", _ => "In Progress" };
        return Move(item, status, account, comment);
    }

    private TrackerDelivery Move(FakeItem item, string status, string account, string? comment)
    {
        var (from, user) = (item.Status, kind == TrackerKind.JiraCloud ? "accountId" : "name");
        item.Status = status;
        var message = new JsonObject
        {
            ["timestamp"] = Time.GetUtcNow().ToUnixTimeMilliseconds() + ++item.Changes,
            ["webhookEvent"] = "jira:issue_updated",
            ["issue_event_type_name"] = "issue_generic",
            ["user"] = new JsonObject { [user] = account, ["displayName"] = "Somebody" },
            ["issue"] = new JsonObject { ["id"] = item.Id, ["key"] = item.Name, ["fields"] = new JsonObject { ["project"] = new JsonObject { ["key"] = "OPS" } } },
            ["changelog"] = new JsonObject
            {
                ["id"] = $"{++changes}",
                ["items"] = new JsonArray(new JsonObject { ["field"] = "status", ["fromString"] = from, ["toString"] = status }),
            },
        };
        if (comment is not null)
            message["comment"] = new JsonObject { ["body"] = comment };
        var body = Encoding.UTF8.GetBytes(message.ToJsonString());
        return Message(body, "X-Hub-Signature", "sha256=" + Sign(body));
    }

    protected override (HttpStatusCode Status, JsonNode? Body) Answer(string method, string path, IQueryCollection query, JsonNode? body)
    {
        var search = kind == TrackerKind.JiraCloud ? "/rest/api/2/search/jql" : "/rest/api/2/search";
        if ((method, path) == ("GET", search))
        {
            var found = Indexed.Where(i => query["jql"].ToString().Contains($"project = \"OPS\" AND labels = \"{i.Mark}\"", StringComparison.Ordinal));
            return (HttpStatusCode.OK, new JsonObject { ["issues"] = new JsonArray([.. found.Select(Named)]) });
        }
        if ((method, path) == ("POST", "/rest/api/2/issue"))
            return Create(body!["fields"]!);
        var parts = path.Split('/');
        if (parts.Length < 6 || Items.FirstOrDefault(i => i.Id == parts[5]) is not { } item)
            return (HttpStatusCode.NotFound, new JsonObject { ["errorMessages"] = new JsonArray("Issue does not exist") });
        switch (method, string.Join('/', parts[6..]))
        {
            case ("PUT", ""):
                Take(item, body!["fields"]!);
                return (HttpStatusCode.NoContent, null);
            case ("GET", ""):
                return (HttpStatusCode.OK, new JsonObject { ["id"] = item.Id, ["fields"] = new JsonObject { ["status"] = new JsonObject { ["name"] = item.Status } } });
            case ("GET", "transitions"):
                return (HttpStatusCode.OK, new JsonObject { ["transitions"] = new JsonArray([.. Statuses.Where(s => !Closed.Contains(s)).Select(Transition)]) });
            case ("POST", "transitions"):
                Echoes.Add(Move(item, Statuses[int.Parse((string)body!["transition"]!["id"]!)], OwnAccount, null));
                return (HttpStatusCode.NoContent, null);
            case ("POST", "comment"):
                item.Notes.Add((string)body!["body"]!);
                return (HttpStatusCode.Created, new JsonObject { ["id"] = "1" });
            default:
                return (HttpStatusCode.MethodNotAllowed, null);
        }
    }

    private (HttpStatusCode, JsonNode?) Create(JsonNode fields)
    {
        if ((string?)fields["project"]?["key"] != "OPS" || (string?)fields["issuetype"]?["name"] != "Task")
            return (HttpStatusCode.BadRequest, new JsonObject { ["errors"] = new JsonObject { ["project"] = "valid project is required" } });
        var item = new FakeItem($"{10300 + Items.Count}", $"OPS-{Items.Count + 1}", Time.GetUtcNow()) { Mark = (string)fields["labels"]![0]!, Status = "To Do" };
        Take(item, fields);
        Items.Add(item);
        return (HttpStatusCode.Created, Named(item));
    }

    private static void Take(FakeItem item, JsonNode fields) => (item.Title, item.Text) = ((string)fields["summary"]!, (string)fields["description"]! + "\n" + (string?)fields["customfield_10010"]);

    private static JsonNode Named(FakeItem item) => new JsonObject { ["id"] = item.Id, ["key"] = item.Name };

    private static JsonNode Transition(string status) => new JsonObject { ["id"] = $"{Array.IndexOf(Statuses, status)}", ["name"] = $"To {status}", ["to"] = new JsonObject { ["name"] = status } };
}
