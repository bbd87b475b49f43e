using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;
using static Rollouts.Sandbox.ApiServer.Http.Protobuf.ProtoForm;

namespace Rollouts.Sandbox.ApiServer.Http.Protobuf;

/// <summary>
/// The bodies that kubectl sends in protobuf whatever the server may prefer: those of its commands <c>create namespace</c>,
/// <c>configmap</c>, <c>secret</c>, <c>serviceaccount</c>, <c>deployment</c> and <c>token</c>, of <c>autoscale</c> and of <c>auth can-i</c>. All else is a 415.
/// </summary>
internal static class ProtoBody
{
    private static readonly ProtoMessage Metadata = new(new()
    {
        [1] = new("name", Text),
        [2] = new("generateName", Text),
        [3] = new("namespace", Text),
        [5] = new("uid", Text),
        [6] = new("resourceVersion", Text),
        [11] = new("labels", TextMap),
        [12] = new("annotations", TextMap),
        [14] = new("finalizers", Text, Repeated: true),
    });

    private static readonly ProtoMessage Container = new(new()
    {
        [1] = new("name", Text),
        [2] = new("image", Text),
        [3] = new("command", Text, Repeated: true),
        [4] = new("args", Text, Repeated: true),
        [5] = new("workingDir", Text),
        [6] = new("ports", Message, new(new() { [1] = new("name", Text), [3] = new("containerPort", Number), [4] = new("protocol", Text) }), true),
        [7] = new("env", Message, new(new() { [1] = new("name", Text), [2] = new("value", Text) }), true),
        [14] = new("imagePullPolicy", Text),
    });

    private static readonly ProtoMessage Deployment = new(new()
    {
        [1] = new("replicas", Number),
        [2] = new("selector", Message, new(new() { [1] = new("matchLabels", TextMap) })),
        [3] = new("template", Message, new(new()
        {
            [1] = new("metadata", Message, Metadata),
            [2] = new("spec", Message, new(new()
            {
                [2] = new("containers", Message, Container, true),
                [3] = new("restartPolicy", Text),
                [8] = new("serviceAccountName", Text),
            })),
        })),
    });

    private static readonly ProtoField ScaleTarget = new("scaleTargetRef", Message, new(new()
    {
        [1] = new("kind", Text),
        [2] = new("name", Text),
        [3] = new("apiVersion", Text),
    }));

    private static readonly ProtoMessage Metric = new(new()
    {
        [1] = new("type", Text),
        [4] = new("resource", Message, new(new()
        {
            [1] = new("name", Text),
            [2] = new("target", Message, new(new() { [1] = new("type", Text), [4] = new("averageUtilization", Number) })),
        })),
    });

    private static readonly ProtoMessage Access = new(new()
    {
        [1] = new("resourceAttributes", Message, new(new()
        {
            [1] = new("namespace", Text),
            [2] = new("verb", Text),
            [3] = new("group", Text),
            [4] = new("version", Text),
            [5] = new("resource", Text),
            [6] = new("subresource", Text),
            [7] = new("name", Text),
        })),
        [2] = new("nonResourceAttributes", Message, new(new() { [1] = new("path", Text), [2] = new("verb", Text) })),
    });

    private static readonly Dictionary<string, ProtoMessage> ByKind = new()
    {
        ["v1/Namespace"] = new(new() { [1] = new("metadata", Message, Metadata) }),
        ["v1/ServiceAccount"] = new(new() { [1] = new("metadata", Message, Metadata) }),
        ["v1/ConfigMap"] = new(new()
        {
            [1] = new("metadata", Message, Metadata),
            [2] = new("data", TextMap),
            [3] = new("binaryData", BytesMap),
            [4] = new("immutable", Flag),
        }),
        ["v1/Secret"] = new(new()
        {
            [1] = new("metadata", Message, Metadata),
            [2] = new("data", BytesMap),
            [3] = new("type", Text),
            [4] = new("stringData", TextMap),
            [5] = new("immutable", Flag),
        }),
        ["autoscaling/v1/HorizontalPodAutoscaler"] = Autoscaler(new("targetCPUUtilizationPercentage", Number)),
        ["autoscaling/v2/HorizontalPodAutoscaler"] = Autoscaler(new("metrics", Message, Metric, true)),
        ["apps/v1/Deployment"] = new(new() { [1] = new("metadata", Message, Metadata), [2] = new("spec", Message, Deployment) }),
        ["apiextensions.k8s.io/v1/CustomResourceDefinition"] = new(new() { [1] = new("metadata", Message, Metadata) }),
        ["authentication.k8s.io/v1/TokenRequest"] = new(new()
        {
            [1] = new("metadata", Message, Metadata),
            [2] = new("spec", Message, new(new() { [1] = new("audiences", Text, Repeated: true), [4] = new("expirationSeconds", Number) })),
        }),
        ["authorization.k8s.io/v1/SelfSubjectAccessReview"] = new(new() { [1] = new("metadata", Message, Metadata), [2] = new("spec", Message, Access) }),
    };

    private static readonly ProtoMessage Envelope = new(new()
    {
        [1] = new("type", Message, new(new() { [1] = new("apiVersion", Text), [2] = new("kind", Text) })),
        [2] = new("raw", Bytes),
        [3] = new("contentEncoding", Text),
        [4] = new("contentType", Text),
    });

    // The two versions differ in the field that names the load, under one number.
    private static ProtoMessage Autoscaler(ProtoField load) => new(new()
    {
        [1] = new("metadata", Message, Metadata),
        [2] = new("spec", Message, new(new() { [1] = ScaleTarget, [2] = new("minReplicas", Number), [3] = new("maxReplicas", Number), [4] = load })),
    });

    /// <exception cref="ApiException">415 for what is not known here.</exception>
    public static JsonObject Read(ReadOnlySpan<byte> body)
    {
        try
        {
            if (!body.StartsWith("k8s\0"u8))
                throw new NotSupportedException("the body does not begin as upstream's protobuf does");
            JsonObject envelope = Envelope.Read(body[4..]);
            string apiVersion = envelope.TextAt("type", "apiVersion") ?? "", kind = envelope.TextAt("type", "kind") ?? "";
            if (!ByKind.TryGetValue($"{apiVersion}/{kind}", out ProtoMessage? message))
                throw new NotSupportedException($"{kind} is not known in protobuf");
            JsonObject obj = message.Read(Convert.FromBase64String(envelope.TextAt("raw") ?? ""));
            obj["apiVersion"] = apiVersion;
            obj["kind"] = kind;
            return obj;
        }
        catch (NotSupportedException unknown)
        {
            throw new ApiException(415, "UnsupportedMediaType", $"the body of the request cannot be read, send it as application/json: {unknown.Message}");
        }
    }
}
