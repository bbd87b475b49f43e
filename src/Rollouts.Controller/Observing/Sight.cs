using System.Text.Json.Nodes;
using Rollouts.Core;

namespace Rollouts.Controller.Observing;

/// <summary>An observation, and the object it is about as the API server has it.</summary>
internal sealed record Sight(JsonObject Canary, Observation Seen);
