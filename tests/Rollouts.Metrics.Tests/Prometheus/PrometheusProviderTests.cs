using static Rollouts.Metrics.Tests.Prometheus.ScriptedServer;

namespace Rollouts.Metrics.Tests.Prometheus;

public sealed class PrometheusProviderTests
{
    [Fact]
    public async Task An_expression_is_posted_as_a_form_and_its_one_value_is_the_measurement()
    {
        await using ScriptedServer server = await StartAsync(AnswersVector("99.53488372093024"));

        Measurement measured = await Asking.MeasureAsync(server.Url, new MetricQuery("""sum(up{job="a&b"}) + 1"""));

        measured.Should().Be(new Measurement.Number(99.53488372093024));
        server.Requests.Should().Equal(new RecordedRequest("POST /api/v1/query", """sum(up{job="a&b"}) + 1""", null));
    }

    [Fact]
    public async Task A_path_in_the_address_is_kept()
    {
        await using ScriptedServer server = await StartAsync(AnswersVector("1"));

        await Asking.MeasureAsync($"{server.Url}/api%20x/prom/");

        server.Requests.Should().ContainSingle().Which.Line.Should().Be("POST /api%20x/prom/api/v1/query");
    }

    [Fact]
    public async Task The_number_of_samples_comes_with_the_value()
    {
        await using ScriptedServer server = await StartAsync(
            async context => await AnswersVector(context.Request.Form["query"] == "requests" ? "612.5" : "99.2")(context));

        Measurement measured = await Asking.MeasureAsync(server.Url, new MetricQuery("success", "requests"));

        measured.Should().Be(new Measurement.Number(99.2, 612.5));
        server.Requests.Select(request => request.Query).Should().BeEquivalentTo("success", "requests");
    }

    [Fact]
    public async Task A_value_whose_samples_have_no_data_is_still_a_value()
    {
        await using ScriptedServer server = await StartAsync(
            async context => await (context.Request.Form["query"] == "requests" ? AnswersVector() : AnswersVector("7"))(context));

        Measurement measured = await Asking.MeasureAsync(server.Url, new MetricQuery("success", "requests"));

        measured.Should().Be(new Measurement.Number(7));
    }

    [Fact]
    public async Task A_value_whose_samples_cannot_be_counted_is_an_error()
    {
        await using ScriptedServer server = await StartAsync(async context => await (context.Request.Form["query"] == "requests"
            ? Answers(422, Json.Error("execution", "too many samples"))
            : AnswersVector("7"))(context));

        Measurement measured = await Asking.MeasureAsync(server.Url, new MetricQuery("success", "requests"));

        measured.Should().Be(new Measurement.Error($"Prometheus at {server.Url} answered 422 execution: too many samples"));
    }

    [Theory]
    [InlineData("http://{0}", null)]
    [InlineData("http://ann:s3cr%3At@{0}", "Basic YW5uOnMzY3I6dA==")]
    public async Task User_and_password_of_the_address_are_sent_as_basic_authentication(string address, string? expected)
    {
        await using ScriptedServer server = await StartAsync(AnswersVector("1"));

        await Asking.MeasureAsync(string.Format(address, new Uri(server.Url).Authority));

        server.Requests.Should().ContainSingle().Which.Authorization.Should().Be(expected);
    }

    [Fact]
    public async Task The_password_of_the_address_is_in_no_log_line_and_in_no_error()
    {
        await using ScriptedServer server = await StartAsync(Answers(503, "down"));
        string authority = new Uri(server.Url).Authority;
        using var log = new RecordingLog();

        Measurement measured = await Asking.MeasureAsync($"http://ann:s3cret@{authority}", log: log);

        log.Text.Should().Contain(authority, "the retries are logged, so the log is really recorded");
        $"{measured} {log.Text}".Should().NotContainAny("s3cret", "YW5uOnMzY3JldA", "ann:");
    }

    [Fact]
    public async Task A_caller_who_gives_up_gets_a_cancellation_and_not_a_measurement()
    {
        using var giveUp = new CancellationTokenSource();
        await using ScriptedServer server = await StartAsync(async context =>
        {
            await giveUp.CancelAsync();
            await Hangs()(context);
        });

        Func<Task> asking = () => Asking.MeasureAsync(server.Url, cancellationToken: giveUp.Token);

        await asking.Should().ThrowAsync<OperationCanceledException>();
    }
}
