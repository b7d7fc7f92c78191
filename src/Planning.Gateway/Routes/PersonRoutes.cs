using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Planning.Contracts;
using Planning.Domain;
using Planning.Engine.Audit;
using Planning.Engine.People;
using Planning.Gateway.Audit;
using Planning.Gateway.Errors;
using Planning.Gateway.Identity;
using Planning.Gateway.Requests;

namespace Planning.Gateway.Routes;

/// <summary>Names and addresses behind the pseudonymous ids; the only personal data, and they can be erased.</summary>
internal static class PersonRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapPut("/persons/{person_id}", Save).Administering("save_person", "Give a person's id a name and an address", Permission.ManageRoles)
            .Accepts<SavePersonRequest>("application/json").Produces<PersonView>().Refuses(StatusCodes.Status422UnprocessableEntity)
            .AuditedBeforehand(AuditEvent.PersonChange, AuditAction.Save, "person");
        v1.MapGet("/persons/{person_id}", Get).Administering("get_person", "Read the name behind a person's id", Permission.ReadWorkspace)
            .Produces<PersonView>().Refuses(StatusCodes.Status404NotFound);
        v1.MapDelete("/persons/{person_id}", Erase).Administering("erase_person", "Erase a person's name and address; the id stays in the log and says nothing", Permission.ManageRoles)
            .Produces(StatusCodes.Status204NoContent).Refuses(StatusCodes.Status404NotFound)
            .AuditedBeforehand(AuditEvent.PersonChange, AuditAction.Erase, "person");
    }

    private static Task<IResult> Save(HttpContext http, string person_id) => Call.Of(http).WithBodyAsync(ContractsJson.Strict.SavePersonRequest, async (call, body) =>
    {
        if (!PersonIds.IsValid(person_id))
            return Problems.Unprocessable("invalid_value", $"'{person_id}' is no person's id: {PersonIds.Form}.", new ProblemError("invalid_value", person_id, "person_id"));
        var person = new Person(call.Workspace, new PersonId(person_id), body.Name, body.Mail);
        await call.Parts.Directory.SavePersonAsync(person, call.Cancellation);
        return View(person);
    });

    private static async Task<IResult> Get(HttpContext http, string person_id)
    {
        var call = Call.Of(http);
        return await call.Parts.Directory.FindPersonAsync(call.Workspace, new PersonId(person_id), call.Cancellation) is { } person ? View(person) : NotFound();
    }

    private static async Task<IResult> Erase(HttpContext http, string person_id)
    {
        var call = Call.Of(http);
        return await call.Parts.Directory.ErasePersonAsync(call.Workspace, new PersonId(person_id), call.Cancellation) ? Results.NoContent() : NotFound();
    }

    private static IResult View(Person p) => Answers.Ok(new PersonView(p.Id.Value, p.Name, p.Mail), json => json.PersonView);

    private static ProblemResult NotFound() => Problems.NotFound("person_not_found", "Nothing is known of a person with this id in this workspace, or it was erased.");
}
