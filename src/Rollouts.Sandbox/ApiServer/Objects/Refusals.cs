namespace Rollouts.Sandbox.ApiServer.Objects;

/// <summary>The refusals of a Kubernetes API server, with its reasons and sentences.</summary>
internal static class Refusals
{
    public static ApiException NotFound(ResourceKind kind, string name) =>
        new(404, "NotFound", $"{kind} \"{name}\" not found") { Subject = Of(kind, name) };

    public static ApiException NoSuchResource() =>
        new(404, "NotFound", "the server could not find the requested resource") { Subject = new StatusSubject() };

    public static ApiException AlreadyExists(ResourceKind kind, string name) =>
        new(409, "AlreadyExists", $"{kind} \"{name}\" already exists") { Subject = Of(kind, name) };

    public static ApiException Conflict(ResourceKind kind, string name, string why) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {kind} \"{name}\": {why}") { Subject = Of(kind, name) };

    public static ApiException Modified(ResourceKind kind, string name) =>
        Conflict(kind, name, "the object has been modified; please apply your changes to the latest version and try again");

    public static ApiException Invalid(ResourceKind kind, string name, IReadOnlyList<StatusCause> causes)
    {
        string all = causes.Count == 1
            ? $"{causes[0].Field}: {causes[0].Message}"
            : $"[{string.Join(", ", causes.Select(c => $"{c.Field}: {c.Message}"))}]";
        string what = kind.Group.Length == 0 ? kind.Kind : $"{kind.Kind}.{kind.Group}";
        return new(422, "Invalid", $"{what} \"{name}\" is invalid: {all}", causes)
        {
            Subject = new StatusSubject(name, kind.Group, kind.Kind),
        };
    }

    public static ApiException Invalid(ResourceKind kind, string name, string reason, string field, string message) =>
        Invalid(kind, name, [new StatusCause(reason, message, field)]);

    public static ApiException BadRequest(string message) => new(400, "BadRequest", message);

    public static ApiException Forbidden(ResourceKind kind, string name, string why) =>
        new(403, "Forbidden", $"{kind} \"{name}\" is forbidden: {why}") { Subject = Of(kind, name) };

    public static ApiException MethodNotAllowed() =>
        new(405, "MethodNotAllowed", "the server does not allow this method on the requested resource") { Subject = new StatusSubject() };

    public static ApiException Expired(string message) => new(410, "Expired", message);

    public static ApiException Internal(string message) =>
        new(500, "InternalError", $"Internal error occurred: {message}", [new StatusCause("", message, "")]);

    private static StatusSubject Of(ResourceKind kind, string name) => new(name, kind.Group, kind.Plural);
}
