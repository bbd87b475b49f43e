using System.Text.Json.Nodes;
using Rollouts.Model.Json;

namespace Rollouts.Model.Status;

/// <summary>A split as status has it: <c>{primary: 80, canary: 20}</c>. The canary's weight is read, the primary's follows from it.</summary>
internal static class SplitJson
{
    public static JsonObject Write(Split split) =>
        new JsonFields().Add("primary", split.Primary.Percent).Add("canary", split.Candidate.Percent).ToObject();

    public static Split Read(JsonCursor json) => new(json.Weight("canary") ?? Weight.Zero);
}
