namespace Rollouts.Kubernetes.Queueing;

/// <summary>A failure of a reconcile that trying again cannot mend; the key is left alone until something about it changes.</summary>
public sealed class TerminalException(string message, Exception? inner = null) : Exception(message, inner);
