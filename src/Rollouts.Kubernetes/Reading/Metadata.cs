using System.Globalization;
using System.Text.Json.Nodes;

namespace Rollouts.Kubernetes.Reading;

/// <summary>What every object of the API carries.</summary>
public static class Metadata
{
    extension(JsonObject obj)
    {
        public string Name => obj.Text("metadata", "name") ?? "";

        /// <summary>Empty for what is not namespaced.</summary>
        public string Namespace => obj.Text("metadata", "namespace") ?? "";

        public ResourceKey Key => new(obj.Namespace, obj.Name);

        public string Uid => obj.Text("metadata", "uid") ?? "";

        public string ResourceVersion => obj.Text("metadata", "resourceVersion") ?? "";

        public long Generation => obj.Integer("metadata", "generation") ?? 0;

        public bool IsBeingDeleted => obj.Text("metadata", "deletionTimestamp") is not null;

        public IReadOnlyDictionary<string, string> Labels => obj.TextMap("metadata", "labels");

        public IReadOnlyDictionary<string, string> Annotations => obj.TextMap("metadata", "annotations");

        /// <summary>The uid of the owner that has <c>controller: true</c>; null where there is none.</summary>
        public string? ControllerUid =>
            obj.Items("metadata", "ownerReferences").FirstOrDefault(owner => owner.Flag("controller") == true).Text("uid");

        public DateTimeOffset? CreatedAt =>
            DateTimeOffset.TryParse(obj.Text("metadata", "creationTimestamp"), CultureInfo.InvariantCulture, out var at) ? at : null;
    }
}
