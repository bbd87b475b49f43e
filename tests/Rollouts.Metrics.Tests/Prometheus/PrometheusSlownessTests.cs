using static Rollouts.Metrics.Tests.Prometheus.ScriptedServer;

namespace Rollouts.Metrics.Tests.Prometheus;

/// <summary>These take the seconds of the timeouts themselves; they stand apart so that they run beside the others.</summary>
public sealed class PrometheusSlownessTests
{
    [Fact]
    public async Task A_server_that_hangs_is_asked_three_times_within_the_timeout()
    {
        await using ScriptedServer server = await StartAsync(Hangs());

        Measurement measured = await Asking.MeasureAsync(server.Url);

        measured.Should().Be(new Measurement.Error($"Prometheus at {server.Url} gave no usable answer within 4 seconds"));
        server.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task A_server_that_hangs_once_does_not_cost_the_measurement()
    {
        await using ScriptedServer server = await StartAsync(Hangs(), AnswersVector("1"));

        (await Asking.MeasureAsync(server.Url)).Should().Be(new Measurement.Number(1));
    }
}

public sealed class PrometheusStalledBodyTests
{
    [Fact]
    public async Task A_server_that_stalls_in_the_body_of_its_answer_is_an_error()
    {
        await using ScriptedServer server = await StartAsync(StallsInTheBody());

        Measurement measured = await Asking.MeasureAsync(server.Url);

        measured.Should().Be(new Measurement.Error($"Prometheus at {server.Url} gave no usable answer within 4 seconds"));
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_server_that_asks_for_a_pause_longer_than_the_timeout_is_an_error()
    {
        await using ScriptedServer server = await StartAsync(async context =>
        {
            context.Response.Headers.RetryAfter = "60";
            await Answers(429, "later")(context);
        });

        Measurement measured = await Asking.MeasureAsync(server.Url);

        measured.Should().Be(new Measurement.Error($"Prometheus at {server.Url} gave no usable answer within 4 seconds"));
        server.Requests.Should().ContainSingle();
    }
}
