using System.Globalization;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Writing;

/// <summary>The number of a DaemonSet's template, an annotation since it is no field any more.</summary>
internal static class TemplateGeneration
{
    private const string Annotation = "deprecated.daemonset.template.generation";

    public static void Begin(JsonObject set) => Put(set, 1);

    public static void Count(JsonObject current, JsonObject next)
    {
        long number = long.TryParse(current.TextAt("metadata", "annotations", Annotation), out long known) ? known : 0;
        Put(next, Json.Same(current.At("spec", "template"), next.At("spec", "template")) ? number : number + 1);
    }

    private static void Put(JsonObject set, long number) =>
        set.Metadata().Ensure("annotations")[Annotation] = number.ToString(CultureInfo.InvariantCulture);
}
