using System.Net;
using System.Net.Sockets;
using static Rollouts.Metrics.Tests.Prometheus.ScriptedServer;

namespace Rollouts.Metrics.Tests.Prometheus;

public sealed class PrometheusTroubleTests
{
    [Fact]
    public async Task A_server_that_is_unavailable_once_is_asked_again()
    {
        await using ScriptedServer server = await StartAsync(Answers(503, "starting"), AnswersVector("1"));

        Measurement measured = await Asking.MeasureAsync(server.Url);

        measured.Should().Be(new Measurement.Number(1));
        server.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_server_that_stays_unavailable_is_asked_three_times()
    {
        await using ScriptedServer server = await StartAsync(Answers(503, "no healthy\r\n  upstream", "text/plain"));

        Measurement measured = await Asking.MeasureAsync(server.Url);

        measured.Should().Be(new Measurement.Error(
            $"Prometheus at {server.Url} answered 503 and 22 bytes that are not Prometheus's JSON; is the address right?"));
        server.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task A_query_that_the_server_refuses_is_asked_once()
    {
        await using ScriptedServer server = await StartAsync(
            Answers(400, Json.Error("bad_data", "1:5: parse error: unexpected end of input")));

        Measurement measured = await Asking.MeasureAsync(server.Url);

        measured.Should().Be(new Measurement.Error(
            $"Prometheus at {server.Url} answered 400 bad_data: 1:5: parse error: unexpected end of input"));
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_server_that_throttles_is_asked_again_and_then_named()
    {
        await using ScriptedServer server = await StartAsync(Answers(429, "too many requests", "text/plain"));

        Measurement measured = await Asking.MeasureAsync(server.Url);

        measured.Should().Be(new Measurement.Error(
            $"Prometheus at {server.Url} answered 429 and 17 bytes that are not Prometheus's JSON; is the address right?"));
        server.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task A_login_page_is_not_an_answer()
    {
        await using ScriptedServer server = await StartAsync(
            Answers(200, "<html>\n<title>Sign in</title>" + new string('x', 1000), "text/html; charset=nonsense"));

        Measurement measured = await Asking.MeasureAsync(server.Url);

        Sentence(measured).Should().StartWith(
            $"Prometheus at {server.Url} answered 200 and 1029 bytes that are not Prometheus's JSON");
        Sentence(measured).Should().NotContain("Sign in", "who chooses the address must not read with our reach");
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using ScriptedServer server = await StartAsync(context =>
        {
            context.Response.Redirect("/login");
            return Task.CompletedTask;
        });

        Measurement measured = await Asking.MeasureAsync(server.Url);

        measured.Should().Be(new Measurement.Error($"Prometheus at {server.Url} answered 302 and 0 bytes that are not Prometheus's JSON; is the address right?"));
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task An_answer_of_megabytes_is_not_read()
    {
        await using ScriptedServer server = await StartAsync(Answers(200, new string(' ', (1 << 20) + 1)));

        Measurement measured = await Asking.MeasureAsync(server.Url);

        measured.Should().Be(new Measurement.Error(
            $"Prometheus at {server.Url} answered with more than a megabyte; aggregate the query to one number"));
    }

    [Fact]
    public async Task An_answer_of_just_a_megabyte_is_read()
    {
        string answer = Json.Vector("1");
        await using ScriptedServer server = await StartAsync(Answers(200, answer + new string(' ', (1 << 20) - answer.Length)));

        (await Asking.MeasureAsync(server.Url)).Should().Be(new Measurement.Number(1));
    }

    [Fact]
    public async Task A_port_on_which_no_one_listens_is_an_error()
    {
        using var held = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        held.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // bound and not listening, so that no one else can take it
        string url = $"http://{held.LocalEndPoint}";

        Measurement measured = await Asking.MeasureAsync(url);

        measured.Should().Be(new Measurement.Error($"Prometheus at {url} cannot be asked: Connection refused"));
    }

    [Fact]
    public async Task A_connection_that_is_cut_is_an_error()
    {
        await using ScriptedServer server = await StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        Measurement measured = await Asking.MeasureAsync(server.Url);

        Sentence(measured).Should().StartWith($"Prometheus at {server.Url} cannot be asked: ");
        server.Requests.Should().HaveCount(3);
    }

    private static string Sentence(Measurement measured) => measured.Should().BeOfType<Measurement.Error>().Which.Sentence;
}
