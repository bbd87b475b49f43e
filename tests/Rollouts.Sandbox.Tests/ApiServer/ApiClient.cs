using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;

namespace Rollouts.Sandbox.Tests.ApiServer;

/// <summary>A server of a test's own, and requests to it.</summary>
internal sealed class ApiClient : IAsyncDisposable
{
    private readonly KubeApiServer server;
    private readonly HttpClient http;

    private ApiClient(KubeApiServer server)
    {
        this.server = server;
        http = new HttpClient { BaseAddress = server.Url };
    }

    public KubeApiServer Server => server;

    public ICluster Cluster => server.Cluster;

    public static async Task<ApiClient> StartAsync(ApiServerOptions? options = null) =>
        new(await KubeApiServer.StartAsync(options ?? new ApiServerOptions()));

    public async Task<(HttpStatusCode Status, JsonObject Body)> SendAsync(
        HttpMethod method, string path, JsonNode? body = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue(type));
        using HttpResponseMessage response = await http.SendAsync(request);
        return (response.StatusCode, (JsonObject)JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    public async Task<JsonObject> GetAsync(string path) => (await SendAsync(HttpMethod.Get, path)).Body;

    /// <summary>The lines of a watch, as they come.</summary>
    public async IAsyncEnumerable<JsonObject> WatchAsync(string path)
    {
        using Stream stream = await http.GetStreamAsync(path);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync() is { } line)
            yield return (JsonObject)JsonNode.Parse(line)!;
    }

    public static JsonObject ConfigMap(string name, string value = "1") => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "default", ["labels"] = new JsonObject { ["of"] = "test" } },
        ["data"] = new JsonObject { ["value"] = value },
    };

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }
}
