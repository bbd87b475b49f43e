using System.Net.Sockets;
using System.Reflection;
using System.Text.RegularExpressions;
using k8s;
using Microsoft.Extensions.Logging;

namespace Rollouts.Architecture.Tests;

/// <summary>Decisions are pure: what the controller ever does can be replayed from its observation.</summary>
public sealed partial class PurityTests
{
    [Theory]
    [InlineData("Rollouts.Model")]
    [InlineData("Rollouts.Core")]
    [InlineData("Rollouts.Simulation")]
    public void Model_Core_and_Simulation_have_no_task_no_clock_no_chance_no_cluster_no_network_no_file_and_no_log(string assembly) =>
        Impure(UsedSymbols.Of(Product.Load(assembly))).Should().BeEmpty();

    [Theory]
    [InlineData("System.Threading.Tasks.Task`1")]
    [InlineData("System.Threading.Tasks.ValueTask`1")]
    [InlineData("System.Runtime.CompilerServices.AsyncTaskMethodBuilder`1")]
    [InlineData("System.TimeProvider")]
    [InlineData("System.DateTime.get_UtcNow")]
    [InlineData("System.DateTimeOffset.get_Now")]
    [InlineData("System.Guid.NewGuid")]
    [InlineData("System.Random")]
    [InlineData("System.Net.Http.HttpClient")]
    [InlineData("System.Net.Sockets.Socket")]
    [InlineData("System.IO.File")]
    [InlineData("k8s.IKubernetes")]
    [InlineData("Microsoft.Extensions.Logging.ILogger")]
    public void Each_of_these_is_seen_where_it_is_used(string symbol) =>
        Impure(UsedSymbols.Of(typeof(Impurities).Assembly)).Should().Contain(symbol);

    [Theory]
    [InlineData("System.DateTime")]
    [InlineData("System.DateTime.AddDays")]
    [InlineData("System.IO.StringReader")]
    [InlineData("System.Guid")]
    public void Values_that_only_look_like_a_clock_or_a_file_are_pure(string symbol) =>
        Impure([symbol]).Should().BeEmpty();

    [Fact]
    public void Core_takes_cron_from_Quartz_and_no_scheduler() =>
        Scheduling(Product.Load("Rollouts.Core")).Should().NotBeEmpty().And.OnlyContain(symbol => symbol.StartsWith("Quartz.Cron"));

    [Fact]
    public void A_scheduler_is_seen_where_it_is_used() =>
        Scheduling(Product.Load("Rollouts.Controller")).Should().Contain("Quartz.ISchedulerFactory");

    private static IEnumerable<string> Scheduling(Assembly assembly) => UsedSymbols.Of(assembly).Where(symbol => symbol.StartsWith("Quartz."));

    private static IEnumerable<string> Impure(IEnumerable<string> symbols) => symbols.Where(symbol => ImpureSymbol().IsMatch(symbol));

    [GeneratedRegex("""
        ^( System\.Threading\.(Tasks\.|Timer|PeriodicTimer|Thread$|Thread\.)
         | System\.Runtime\.CompilerServices\.(Async|TaskAwaiter|ValueTaskAwaiter)
         | System\.(TimeProvider|Random|Console)
         | System\.DateTime(Offset)?\.get_(Now|UtcNow|Today)$
         | System\.Guid\.(NewGuid|CreateVersion7)
         | System\.Diagnostics\.(Stopwatch|Process$)
         | System\.Net\.
         | System\.IO\.(File|Directory|Drive|Path\.GetTemp|Pipes)
         | k8s\. | Microsoft\.Extensions\. | Microsoft\.AspNetCore\. )
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex ImpureSymbol();

    /// <summary>Uses what Core may not use, so that the check above is seen to find it.</summary>
    private sealed class Impurities(IKubernetes cluster, ILogger log, TimeProvider time, Socket socket, HttpClient http)
    {
        public async Task<string> AllAsync(ValueTask<int> number)
        {
            log.LogInformation("{Now} {UtcNow} {Base}", DateTimeOffset.Now, DateTime.UtcNow, cluster.BaseUri);
            string text = await File.ReadAllTextAsync(Guid.NewGuid().ToString());
            return $"{text}{time.GetUtcNow()}{socket.Available}{http.Timeout}{await number}{new Random(1).Next()}";
        }
    }
}
