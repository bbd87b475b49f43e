using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Rollouts.Sandbox.Mesh;
using Rollouts.Sandbox.Prometheus;
using Rollouts.Sandbox.Prometheus.Serving;
using Rollouts.Sandbox.Tests.Mesh;

namespace Rollouts.Sandbox.Tests.Prometheus;

public sealed class QueryApiTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_000_000));
    private static readonly HttpClient Client = new();
    private LoopbackServer? _target;
    private EmbeddedPrometheus? _prometheus;

    public async Task InitializeAsync()
    {
        _target = await LoopbackServer.StartAsync(
            0, context => context.Response.WriteAsync("a{x=\"1\"} 2 1000000000\na{x=\"0\"} 1.5e-7 1000000000\n"), CancellationToken.None);
        _prometheus = await EmbeddedPrometheus.StartAsync(
            new PrometheusOptions { Targets = [new Uri(_target.Url, "/metrics")], TimeProvider = _time }, CancellationToken.None);
        await MeshScene.UntilAsync(async () => (await GetAsync("label/x/values")).Body.Contains('1', StringComparison.Ordinal));
    }

    public async Task DisposeAsync()
    {
        foreach (var part in new IAsyncDisposable?[] { _prometheus, _target }.OfType<IAsyncDisposable>())
            await part.DisposeAsync();
    }

    [Fact]
    public async Task An_instant_query_answers_in_the_shape_of_Prometheus() =>
        (await GetAsync("query?query=sum(a)by(x)&time=1000000.5")).Should().Be((HttpStatusCode.OK,
            """{"status":"success","data":{"resultType":"vector","result":[{"metric":{"x":"0"},"value":[1000000.500,"0.00000015"]},{"metric":{"x":"1"},"value":[1000000.500,"2"]}]}}"""));

    [Fact]
    public async Task A_range_query_answers_in_the_shape_of_Prometheus() =>
        (await GetAsync("query_range?query=sum(a)*1e6&start=1000000&end=1000002&step=1s")).Should().Be((HttpStatusCode.OK,
            """{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1000000,"2000000.15"],[1000001,"2000000.15"],[1000002,"2000000.15"]]}]}}"""));

    [Theory]
    [InlineData("1", """{"status":"success","data":{"resultType":"scalar","result":[1000000,"1"]}}""")]
    [InlineData("\"text\"", """{"status":"success","data":{"resultType":"string","result":[1000000,"text"]}}""")]
    [InlineData("nothing", """{"status":"success","data":{"resultType":"vector","result":[]}}""")]
    public async Task Every_type_of_result_has_its_shape(string query, string body) =>
        (await GetAsync($"query?query={Uri.EscapeDataString(query)}&time=1970-01-12T13:46:40Z")).Should().Be((HttpStatusCode.OK, body));

    [Theory]
    [InlineData("query?query=sum(a%20offset%205m)", "1:7: parse error: \\u0022offset\\u0022 is not supported here")]
    [InlineData("query?query=rate(a%5B5m:1m%5D)", "1:10: parse error: subqueries are not supported here")]
    [InlineData("query?query=a%20*%20on(x)%20group_left%20b", "1:11: parse error: \\u0022group_left\\u0022 is not supported here")]
    [InlineData("query?query=1%0A%2B%20%3F", "2:3: parse error: unexpected character: ")]
    [InlineData("query?query=predict_linear(a%5B1m%5D,1)", "1:1: parse error: unknown function with name")]
    [InlineData("query?query=a&time=noon", "cannot parse \\u0022noon\\u0022 to a valid timestamp")]
    [InlineData("query_range?query=a&start=2&end=1&step=1", "end timestamp must not be before start time")]
    [InlineData("query_range?query=a&start=1&end=2&step=0", "zero or negative query resolution")]
    [InlineData("query_range?query=a&start=1&end=2", "to a valid duration")]
    [InlineData("query_range?query=a&start=0&end=100000&step=1", "exceeded maximum resolution of 11,000 points")]
    [InlineData("query_range?query=a%5B1m%5D&start=0&end=1&step=1", "for range query, must be Scalar or instant Vector")]
    public async Task What_cannot_be_answered_is_bad_data_with_the_reason(string request, string reason)
    {
        var (code, body) = await GetAsync(request);
        code.Should().Be(HttpStatusCode.BadRequest);
        body.Should().StartWith("{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"").And.Contain(reason);
    }

    [Fact]
    public async Task The_names_and_values_of_labels_are_listed()
    {
        (await GetAsync("labels")).Body.Should().Be("""{"status":"success","data":["__name__","instance","job","x"]}""");
        (await GetAsync("label/x/values")).Body.Should().Be("""{"status":"success","data":["0","1"]}""");
    }

    [Fact]
    public async Task It_says_that_it_is_ready_and_what_it_is()
    {
        (await Client.GetStringAsync(new Uri(Url, "/-/ready"))).Should().Be("Prometheus Server is Ready.\n");
        JsonNode.Parse((await GetAsync("status/buildinfo")).Body)?["data"]?["version"]?.GetValue<string>().Should().NotBeEmpty();
    }

    [Fact]
    public async Task What_it_does_not_have_is_not_found() => (await GetAsync("rules")).Code.Should().Be(HttpStatusCode.NotFound);

    [Theory]
    [InlineData(0, "0")]
    [InlineData(99.5, "99.5")]
    [InlineData(-1.5e-7, "-0.00000015")]
    [InlineData(1.5e21, "1500000000000000000000")]
    [InlineData(1e16, "10000000000000000")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    public void Values_are_written_without_exponent(double value, string text) => SampleText.Value(value).Should().Be(text);

    private Uri Url => _prometheus?.Url ?? throw new InvalidOperationException();

    private async Task<(HttpStatusCode Code, string Body)> GetAsync(string request)
    {
        using var answer = await Client.GetAsync(new Uri(Url, "/api/v1/" + request));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
