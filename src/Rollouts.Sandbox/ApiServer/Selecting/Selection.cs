using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Selecting;

/// <summary>Which objects of a kind a list or a watch is about.</summary>
/// <param name="Namespace">null for all namespaces.</param>
internal sealed record Selection(string? Namespace, LabelSelector Labels, FieldSelector Fields)
{
    public bool Matches(JsonObject obj) =>
        (Namespace is null || obj.Namespace() == Namespace) && Labels.Matches(obj) && Fields.Matches(obj);
}
