namespace Rollouts.Sandbox.ApiServer.Patching;

/// <summary>Who writes, and through which door: what managedFields remember of a write.</summary>
/// <param name="Manager">The query's fieldManager; else the User-Agent up to its first slash.</param>
/// <param name="ApiVersion">The group and version of the request, <c>apps/v1</c>.</param>
/// <param name="Now">The time of an entry that changes.</param>
/// <param name="Subresource">null, "status" or "scale".</param>
/// <param name="StatusApart">The kind has a /status, so that its main door does not write status.</param>
public sealed record FieldWriter(
    string Manager, string ApiVersion, DateTimeOffset Now, string? Subresource = null, bool StatusApart = false);
