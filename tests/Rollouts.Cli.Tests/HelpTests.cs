using Rollouts.Cli.Tests.World;
using Rollouts.TestKit;

namespace Rollouts.Cli.Tests;

public sealed class HelpTests
{
    [Theory]
    [InlineData("")]
    [InlineData("demo")]
    [InlineData("sandbox")]
    [InlineData("controller")]
    [InlineData("get")]
    [InlineData("describe")]
    [InlineData("history")]
    [InlineData("wait")]
    [InlineData("lint")]
    [InlineData("simulate")]
    [InlineData("promote")]
    [InlineData("abort")]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("retry")]
    [InlineData("rollback")]
    [InlineData("version")]
    public async Task The_help_of_each_command_is_the_one_that_was_read_and_checked_in(string command)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var help = await Shell.RunAsync([.. words, "--help"]);
        help.Code.Should().Be(0);
        help.Out.Should().Contain("Exit codes:");
        Golden.Holds($"tests/Rollouts.Cli.Tests/golden/help/{string.Join('-', ["rollouts", .. words])}.txt", help.Out);
    }

    [Fact]
    public void Every_command_has_its_help_among_them()
    {
        var terminal = new Terminal(new Spectre.Console.Testing.TestConsole(), new Spectre.Console.Testing.TestConsole(), TimeProvider.System, "alice");
        var files = CommandLine.Root(terminal).Subcommands.Select(command => $"rollouts-{command.Name}.txt");
        var folder = Path.Combine(Repository.Root, "tests/Rollouts.Cli.Tests/golden/help");
        files.Where(file => !File.Exists(Path.Combine(folder, file))).Should().BeEmpty();
    }

    [Fact]
    public async Task Without_a_word_the_help_is_shown()
    {
        var answer = await Shell.RunAsync([]);
        answer.Code.Should().Be(0);
        answer.Out.Should().Be((await Shell.RunAsync(["--help"])).Out);
    }
}
