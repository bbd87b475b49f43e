namespace Rollouts.Core.Controls;

/// <summary>What a person can ask for while a run is in progress; the names of the annotations, less <c>rollouts.dev/</c>.</summary>
public enum ControlKind
{
    /// <summary>Traffic back to the primary at once; the run has failed by hand.</summary>
    Abort,

    /// <summary>End the present pause or wait, or with "full" skip the rest of the program.</summary>
    Promote,

    /// <summary>Hold at the present split.</summary>
    Pause,

    /// <summary>End a pause.</summary>
    Resume,

    /// <summary>Start a new run of a revision that failed.</summary>
    Retry,

    /// <summary>Make an earlier revision the candidate.</summary>
    Rollback,
}

/// <summary>
/// A control annotation: <c>"REVISION [full] [text]"</c>, where <c>*</c> means whichever revision is under test. The value acted on is
/// kept in the status, so that the annotation may stay in Git and does nothing twice.
/// </summary>
/// <param name="By">The field manager that wrote the annotation.</param>
public sealed record Control(ControlKind Kind, string Value, string By)
{
    public const string Any = "*";

    public string Revision => Value.Split(' ', 2)[0];

    public bool Full => Kind == ControlKind.Promote && Words is ["full", ..];

    /// <summary>The free text: the reason.</summary>
    public string Text => string.Join(' ', Full ? Words[1..] : Words);

    public bool Means(string revision) => Revision == Any || Revision == revision;

    public static string Annotation(ControlKind kind) => $"rollouts.dev/{Key(kind)}";

    /// <summary>The name in <c>status.lastControls</c>.</summary>
    public static string Key(ControlKind kind) => kind switch
    {
        ControlKind.Abort => "abort",
        ControlKind.Promote => "promote",
        ControlKind.Pause => "pause",
        ControlKind.Resume => "resume",
        ControlKind.Retry => "retry",
        ControlKind.Rollback => "rollback",
    };

    private string[] Words => [.. Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)];
}
