using Rollouts.Sandbox.ApiServer.Injecting;

namespace Rollouts.Sandbox.Tests.ApiServer;

public sealed class SeededFaultsTests
{
    private static readonly RequestFault[] Some = [RequestFault.Conflict, RequestFault.AnswerLost, new EndedWatch(3)];

    [Fact]
    public void The_same_seed_draws_the_same_in_whatever_order_the_requests_of_several_paths_come()
    {
        List<ApiRequest> requests = [.. Enumerable.Range(0, 300).Select(i => Request($"/p/{i % 7}", i % 2 == 0 ? "PUT" : "GET"))];
        Draw(new SeededFaults(4, 0.3, Some), requests.OrderBy(r => r.Path).ThenBy(r => r.Method)).Should()
            .BeEquivalentTo(Draw(new SeededFaults(4, 0.3, Some), requests));
        Draw(new SeededFaults(5, 0.3, Some), requests).Should().NotBeEquivalentTo(Draw(new SeededFaults(4, 0.3, Some), requests));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(1)]
    public void About_the_share_goes_wrong_and_each_fault_has_its_part(double share)
    {
        var faults = new SeededFaults(1, share, Some);
        List<RequestFault> drawn = [.. Enumerable.Range(0, 1000).Select(_ => faults.For(Request("/p"))).OfType<RequestFault>()];
        // Four standard deviations of a thousand draws.
        drawn.Should().HaveCountGreaterThanOrEqualTo((int)((1000 * share) - 60)).And.HaveCountLessThanOrEqualTo((int)((1000 * share) + 60));
        if (share > 0)
            Some.Should().OnlyContain(fault => drawn.Contains(fault));
    }

    [Fact]
    public void Only_those_among_which_it_may_draw_go_wrong()
    {
        var faults = new SeededFaults(1, 1, Some) { Among = r => r.IsWrite };
        faults.For(Request("/p", "GET")).Should().BeNull();
        faults.For(Request("/p", "PUT")).Should().NotBeNull();
    }

    private static ApiRequest Request(string path, string method = "PUT") => new(method, path, "", IsWatch: false);

    // The n-th request of each kind with what it drew.
    private static List<string> Draw(SeededFaults faults, IEnumerable<ApiRequest> requests) =>
        [.. requests.Select(r => $"{r.Method} {r.Path} {faults.For(r)}")];
}
