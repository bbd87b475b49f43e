namespace Rollouts.Controller.Gating;

/// <summary>Posts to one receiver, one after the other.</summary>
internal sealed class EventLine
{
    private const int Longest = 100;

    private readonly Lock gate = new();
    private Task last = Task.CompletedTask;
    private int waiting;
    private bool troubled;

    /// <summary>False where the line is full. A post handles what goes wrong with it.</summary>
    public bool TryAdd(Func<Task> post)
    {
        lock (gate)
        {
            if (Volatile.Read(ref waiting) >= Longest)
                return false;
            Interlocked.Increment(ref waiting);
            last = PostAsync(last, post);
            return true;
        }
    }

    /// <summary>Whether there is trouble that nobody was told of yet; it is told again once something got through in between.</summary>
    public bool IsNews(bool trouble) => !Interlocked.Exchange(ref troubled, trouble) && trouble;

    private async Task PostAsync(Task before, Func<Task> post)
    {
        // Never on the thread that adds: it has a reconcile to finish.
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await post();
        Interlocked.Decrement(ref waiting);
    }
}
