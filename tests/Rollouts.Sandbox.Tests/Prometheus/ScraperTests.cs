using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Rollouts.Sandbox.Mesh;
using Rollouts.Sandbox.Prometheus.Querying;
using Rollouts.Sandbox.Prometheus.Scraping;
using Rollouts.Sandbox.Prometheus.Storage;

namespace Rollouts.Sandbox.Tests.Prometheus;

public sealed class ScraperTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_000_000));
    private readonly TimeSeriesStore _store = new(TimeSpan.FromMinutes(15));
    private static readonly HttpClient Client = new();
    private string? _page = "";
    private LoopbackServer? _target;
    private Scraper? _scraper;

    public async Task InitializeAsync()
    {
        _target = await LoopbackServer.StartAsync(0, AnswerAsync, CancellationToken.None);
        _scraper = new Scraper(new Uri(_target.Url, "/metrics"), "mesh", Client, _store, _time);
    }

    public async Task DisposeAsync()
    {
        if (_target is not null)
            await _target.DisposeAsync();
    }

    [Fact]
    public async Task A_sample_has_the_job_and_the_instance_of_its_target()
    {
        await ScrapeAsync("requests{code=\"200\"} 7");
        Ask("requests").Should().Equal(($"{{__name__=\"requests\", code=\"200\", instance=\"{_target?.Url.Authority}\", job=\"mesh\"}}", 7));
    }

    [Fact]
    public async Task A_target_s_own_job_label_is_kept_under_another_name()
    {
        await ScrapeAsync("requests{job=\"own\"} 1");
        Ask("requests{exported_job=\"own\",job=\"mesh\"}").Should().HaveCount(1);
    }

    [Fact]
    public async Task A_series_that_is_no_longer_exposed_is_gone_at_once_and_can_come_back()
    {
        await ScrapeAsync("a 1\nb 2");
        await ScrapeAsync("a 1");
        Ask("{__name__=~\"a|b\"}").Should().HaveCount(1);
        await ScrapeAsync("a 1\nb 3");
        Ask("b").Select(element => element.Value).Should().Equal(3);
        Ask("count_over_time(b[1m])").Select(element => element.Value).Should().Equal(2);
    }

    [Fact]
    public async Task A_target_that_does_not_answer_is_down_and_its_series_are_gone()
    {
        await ScrapeAsync("a 1");
        Ask("up").Select(element => element.Value).Should().Equal(1);
        await ScrapeAsync(null);
        Ask("up").Select(element => element.Value).Should().Equal(0);
        Ask("a").Should().BeEmpty();
    }

    [Fact]
    public async Task A_page_that_cannot_be_read_counts_as_no_answer()
    {
        await ScrapeAsync("what is this?");
        Ask("up").Select(element => element.Value).Should().Equal(0);
    }

    [Fact]
    public async Task A_sample_stands_for_five_minutes_and_no_longer()
    {
        // A time of its own keeps the series from being marked as gone.
        await ScrapeAsync($"a 1 {_time.GetUtcNow().ToUnixTimeMilliseconds()}");
        _time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        Ask("a").Should().HaveCount(1);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Ask("a").Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_older_than_the_retention_is_forgotten()
    {
        await ScrapeAsync("old 1\nliving 1");
        for (var i = 0; i < 40; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await ScrapeAsync("living 1");
        }
        _store.All.Select(labels => labels[Labels.MetricName]).Should().BeEquivalentTo("living", "up");
        Ask("count_over_time(living[2h])").Single().Value.Should().BeInRange(15, 32);
    }

    [Theory]
    [InlineData("""a{x="q\"b\\s\nn",y="}"} 1.5e3""", "{__name__=\"a\", x=\"q\"b\\s\nn\", y=\"}\"}", 1500)]
    [InlineData("a +Inf", "{__name__=\"a\"}", double.PositiveInfinity)]
    [InlineData("a{} 1", "{__name__=\"a\"}", 1)]
    [InlineData("a{x=\"1\",} 1", "{__name__=\"a\", x=\"1\"}", 1)]
    [InlineData("  a\t2  ", "{__name__=\"a\"}", 2)]
    public void A_line_of_the_text_format_is_read(string line, string labels, double value)
    {
        var sample = ExpositionFormat.Read($"# HELP a nothing\n\n{line}\n").Single();
        (Labels.Of(sample.Labels).ToString(), sample.Value).Should().Be((labels, value));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a b")]
    [InlineData("a 1 2 3")]
    [InlineData("a 1 soon")]
    [InlineData("a{x=\"1\" 1")]
    [InlineData("a{x=1} 1")]
    [InlineData("{x=\"1\"} 1")]
    public void A_line_that_is_no_sample_is_refused(string line) =>
        line.Invoking(text => ExpositionFormat.Read(text).ToList()).Should().Throw<FormatException>().WithMessage($"*{line}*");

    private async Task ScrapeAsync(string? page)
    {
        _page = page;
        _time.Advance(TimeSpan.FromSeconds(1));
        await (_scraper?.ScrapeAsync(CancellationToken.None) ?? Task.CompletedTask);
    }

    private IReadOnlyList<(string Labels, double Value)> Ask(string query) =>
        [.. Evaluator.Elements(new QueryEngine(_store).Instant(query, _time.GetUtcNow().ToUnixTimeMilliseconds()))
            .Select(element => (element.Labels.ToString(), element.Value))];

    private Task AnswerAsync(HttpContext context)
    {
        if (_page is not null)
            return context.Response.WriteAsync(_page);
        context.Response.StatusCode = 500;
        return Task.CompletedTask;
    }
}
