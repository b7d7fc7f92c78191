using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Planning.Engine.Trackers;
using Planning.Testing;

namespace Planning.Trackers.Tests.Fakes;

/// <summary>As much of ServiceNow's Table API as is used here, and a business rule that sends messages.</summary>
internal sealed class FakeServiceNow(FakeTime time) : FakeTracker(time)
{
    private const string Table = "/api/now/table/change_request";

    public override TrackerOptions Options => new()
    {
        Id = "snow", Workspace = "acme", Kind = TrackerKind.ServiceNow, BaseAddress = Address, User = OwnAccount, Token = Token, Project = "change_request", OwnAccount = OwnAccount,
        WebhookSecrets = ["another secret, being replaced", Secret], LinkTo = "https://planning.example/refreshes/{id}",
    };

    public override (string Open, string Over) Words => ("-5", "4");

    public override string MarkOf(string refresh) => refresh;

    public override TrackerDelivery Act(FakeItem item, TrackerWish? wish, string account, string? comment = null)
    {
        var (field, value) = wish switch
        {
            TrackerWish.Approve => ("approval", "approved"),
            TrackerWish.Reject => ("approval", "rejected"),
            TrackerWish.Cancel => ("state", "4"),
            _ => ("state", "-4"),
        };
        if (field == "state")
            item.Status = value;
        return Message(item, account, field, value, comment);
    }

    private TrackerDelivery Message(FakeItem item, string account, string field, string value, string? comment)
    {
        var record = new JsonObject
        {
            ["sys_id"] = item.Id, ["number"] = item.Name, ["sys_class_name"] = "change_request", ["sys_mod_count"] = $"{++item.Changes}",
            ["sys_updated_by"] = account, ["state"] = item.Status, ["approval"] = "requested", ["comments"] = comment ?? "",
        };
        record[field] = value;
        var body = Encoding.UTF8.GetBytes(new JsonObject { ["changes"] = new JsonArray("work_notes", field), ["record"] = record }.ToJsonString());
        var at = Time.GetUtcNow().ToUnixTimeSeconds();
        return Message(body, "Planning-Signature", $"t={at},v1={Sign([.. Encoding.ASCII.GetBytes($"{at}."), .. body])}");
    }

    protected override (HttpStatusCode Status, JsonNode? Body) Answer(string method, string path, IQueryCollection query, JsonNode? body)
    {
        if ((method, path) == ("GET", Table))
        {
            var found = Indexed.Where(i => query["sysparm_query"].ToString().StartsWith($"correlation_id={i.Mark}^correlation_display=planning", StringComparison.Ordinal));
            return (HttpStatusCode.OK, new JsonObject { ["result"] = new JsonArray([.. found.Select(Named)]) });
        }
        if ((method, path) == ("POST", Table))
        {
            var made = new FakeItem($"{0xabc000 + Items.Count:x}", $"CHG003188{Items.Count}", Time.GetUtcNow()) { Mark = (string)body!["correlation_id"]!, Status = "-5" };
            Take(made, body);
            Items.Add(made);
            return (HttpStatusCode.Created, new JsonObject { ["result"] = Named(made) });
        }
        if (method != "PATCH" || Items.FirstOrDefault(i => path == $"{Table}/{i.Id}") is not { } item)
            return (HttpStatusCode.NotFound, new JsonObject { ["error"] = new JsonObject { ["message"] = "No Record found" } });
        if ((string?)body!["state"] is { } state)
        {
            if (Closed.Contains(state))
                return (HttpStatusCode.Forbidden, new JsonObject { ["error"] = new JsonObject { ["message"] = "Operation against the state model" } });
            if (state != item.Status)
            {
                item.Status = state;
                Echoes.Add(Message(item, OwnAccount, "state", state, null));
            }
        }
        if ((string?)body["work_notes"] is { } note)
            item.Notes.Add(note);
        if (body["short_description"] is not null)
            Take(item, body);
        return (HttpStatusCode.OK, new JsonObject { ["result"] = Named(item) });
    }

    private static void Take(FakeItem item, JsonNode fields) =>
        (item.Title, item.Text) = ((string)fields["short_description"]!, $"{fields["description"]}\n{fields["start_date"]}");

    private static JsonNode Named(FakeItem item) => new JsonObject { ["sys_id"] = item.Id, ["number"] = item.Name, ["correlation_id"] = item.Mark };
}
