using System.CommandLine;

namespace Rollouts.Cli.Running;

internal static class PortOption
{
    public static Option<int> Make(string name, string description, int port = 0)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => port };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 65535)
                result.AddError($"{name} takes a port from 0 (any free one) to 65535");
        });
        return option;
    }
}
