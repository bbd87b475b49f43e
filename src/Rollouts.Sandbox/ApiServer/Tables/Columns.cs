using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Tables;

/// <summary>The columns of each kind.</summary>
internal static class Columns
{
    private static readonly TableColumn Name = new("Name", o => o.Name(), Format: "name");
    private static readonly TableColumn CreatedAt = new("Created At", o => o.TextAt("metadata", "creationTimestamp"), "date");

    public static TableColumns Of(KindDefinition definition, string version) => new([Name, CreatedAt]);
}
