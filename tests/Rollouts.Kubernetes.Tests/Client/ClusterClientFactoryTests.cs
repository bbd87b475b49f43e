using k8s.Exceptions;
using Microsoft.Extensions.Logging.Abstractions;
using Rollouts.Kubernetes.Client;
using Rollouts.Kubernetes.Tests.Doubles;

namespace Rollouts.Kubernetes.Tests.Client;

public sealed class ClusterClientFactoryTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly ClusterClientFactory _factory = new(new ClusterClientOptions(), TimeProvider.System, NullLoggerFactory.Instance);

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("{ token: secret }", "Bearer secret")]
    [InlineData("{ username: me, password: it }", "Basic bWU6aXQ=")]
    [InlineData("{}", null)]
    public async Task A_kubeconfig_gives_the_server_the_namespace_and_the_credentials(string user, string? authorization)
    {
        await using var server = await ScriptedServer.StartAsync(Answers.Json(Objects.ConfigMap("a", 1)));
        Write(server.Address.ToString(), user);
        using var client = _factory.Create(_file);

        await client.GetAsync(Objects.ConfigMaps, client.DefaultNamespace, "a", default);

        var request = server.Requests.Single();
        request.Target.Should().Be("/api/v1/namespaces/shop/configmaps/a");
        request.Headers.GetValueOrDefault("Authorization").Should().Be(authorization);
    }

    [Fact]
    public async Task A_server_below_a_path_keeps_its_path()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.Json(Objects.ConfigMap("a", 1)));
        Write(server.Address + "k8s/clusters/c-1", "{}");
        using var client = _factory.Create(_file);

        await client.GetAsync(Objects.ConfigMaps, "shop", "a", default);

        server.Requests.Single().Target.Should().Be("/k8s/clusters/c-1/api/v1/namespaces/shop/configmaps/a");
    }

    [Fact]
    public void A_kubeconfig_that_is_not_there_or_incomplete_is_an_error()
    {
        FluentActions.Invoking(() => _factory.Create(_file + ".none")).Should().Throw<KubeConfigException>();
        Write("http://127.0.0.1:1", "{ username: half }");
        FluentActions.Invoking(() => _factory.Create(_file)).Should().Throw<KubeConfigException>();
    }

    private void Write(string server, string user) => File.WriteAllText(_file, $$"""
        apiVersion: v1
        kind: Config
        current-context: c
        contexts: [{ name: c, context: { cluster: k, user: u, namespace: shop } }]
        clusters: [{ name: k, cluster: { server: "{{server}}" } }]
        users: [{ name: u, user: {{user}} }]
        """);
}
