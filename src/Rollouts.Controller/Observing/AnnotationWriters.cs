using System.Text.Json.Nodes;
using Rollouts.Kubernetes.Reading;

namespace Rollouts.Controller.Observing;

/// <summary>Which field manager wrote each annotation, from managedFields: who asked for a control.</summary>
internal static class AnnotationWriters
{
    public static IReadOnlyDictionary<string, string> Of(JsonObject obj)
    {
        var writers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in obj.Items("metadata", "managedFields").OrderBy(entry => entry.Text("time"), StringComparer.Ordinal))
        {
            foreach (var (field, _) in entry.Object("fieldsV1", "f:metadata", "f:annotations") ?? [])
            {
                if (field.StartsWith("f:", StringComparison.Ordinal) && entry.Text("manager") is { } manager)
                    writers[field[2..]] = manager;
            }
        }
        return writers;
    }
}
