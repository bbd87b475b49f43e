using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Sandbox.Workloads.Running;

/// <summary>A kind that a controller watches, and whom a change of one of its objects concerns.</summary>
internal sealed record Interest(ResourceKind Kind, Func<JsonObject, IEnumerable<ObjectKey>> Concerns);
