using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.Tests.Mesh;

/// <summary>Objects as short as the tests want them.</summary>
internal static class MeshObject
{
    public static JsonObject Service(string name, string ns = "test", int port = 80) => Parse(
        $$$$"""{"metadata":{"name":"{{{{name}}}}","namespace":"{{{{ns}}}}"},"spec":{"ports":[{"name":"http","port":{{{{port}}}},"targetPort":9898}]}}""");

    public static JsonObject Endpoints(string service, IEnumerable<string> pods, string ns = "test") => Parse(
        $$$$"""
        {"metadata":{"name":"{{{{service}}}}","namespace":"{{{{ns}}}}"},"subsets":[{"ports":[{"name":"http","port":9898}],"addresses":[
          {{{{string.Join(',', pods.Select(pod => $$$$"""{"ip":"{{{{pod}}}}","targetRef":{"kind":"Pod","name":"{{{{pod}}}}"}}"""))}}}}]}]}
        """);

    public static JsonObject Pod(string name, string workload, string version = "1", string ns = "test") => Parse(
        $$$$"""
        {"metadata":{"name":"{{{{name}}}}","namespace":"{{{{ns}}}}","labels":{"app":"{{{{workload}}}}","version":"{{{{version}}}}"},
          "ownerReferences":[{"kind":"ReplicaSet","name":"{{{{workload}}}}-5d4","controller":true}]}}
        """);

    public static JsonObject ReplicaSet(string workload, string ns = "test") => Parse(
        $$$$"""
        {"metadata":{"name":"{{{{workload}}}}-5d4","namespace":"{{{{ns}}}}","ownerReferences":[{"kind":"Deployment","name":"{{{{workload}}}}","controller":true}]}}
        """);

    /// <param name="http">The rules, as JSON.</param>
    public static JsonObject VirtualService(string http, string hosts = "\"podinfo\"", string name = "podinfo", string created = "2026-01-01T00:00:00Z") => Parse(
        $$$$"""
        {"metadata":{"name":"{{{{name}}}}","namespace":"test","creationTimestamp":"{{{{created}}}}"},"spec":{"hosts":[{{{{hosts}}}}],"http":{{{{http}}}}}}
        """);

    /// <summary>A VirtualService that splits between podinfo-primary and podinfo-canary.</summary>
    public static JsonObject Split(int primary, int canary) => VirtualService(
        $$$$"""
        [{"route":[{"destination":{"host":"podinfo-primary"},"weight":{{{{primary}}}}},{"destination":{"host":"podinfo-canary"},"weight":{{{{canary}}}}}]}]
        """);

    public static JsonObject Parse(string json) => JsonNode.Parse(json)?.AsObject() ?? throw new FormatException(json);
}
