namespace Rollouts.Sandbox.ApiServer.Patching.Ownership;

/// <summary>What tells the entries of managedFields apart. The apiVersion does so for updates only.</summary>
/// <param name="Operation">Apply or Update.</param>
internal sealed record FieldManager(string Name, string Operation, string ApiVersion, string Subresource)
{
    public const string Apply = "Apply";
    public const string Update = "Update";

    public static FieldManager Of(FieldWriter writer, string operation) =>
        new(writer.Manager, operation, operation == Apply ? "" : writer.ApiVersion, writer.Subresource ?? "");

    /// <returns>As a sentence about a conflict names it.</returns>
    public override string ToString() => $"\"{Name}\""
        + (Subresource.Length > 0 ? $" with subresource \"{Subresource}\"" : "")
        + (Operation == Update ? $" using {ApiVersion}" : "");
}
