using Rollouts.Model.Status;

namespace Rollouts.Cli.Demo;

/// <summary>Who watches the demo.</summary>
internal interface IDemoView
{
    /// <summary>Something worth keeping on the screen.</summary>
    void Tell(string line);

    /// <summary>The next act, and the version that serves before it.</summary>
    void Begin(Act act, string serving);

    /// <summary>The Canary's status has changed.</summary>
    void Show(CanaryStatus status);

    /// <summary>Shows the play while it runs.</summary>
    Task DuringAsync(Func<Task> play);
}
