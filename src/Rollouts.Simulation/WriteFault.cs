namespace Rollouts.Simulation;

/// <summary>What becomes of a write of the controller's.</summary>
public enum WriteFault
{
    /// <summary>The API server refuses it: a conflict, a quota, an admission webhook.</summary>
    Refused,

    /// <summary>It is carried out, and the answer is lost.</summary>
    AnswerLost,

    /// <summary>The controller dies before it, and another one starts.</summary>
    CrashBefore,

    /// <summary>The controller dies behind it, and another one starts.</summary>
    CrashAfter,
}
