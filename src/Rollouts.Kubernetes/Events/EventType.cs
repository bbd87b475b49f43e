namespace Rollouts.Kubernetes.Events;

/// <summary>The two types of an Event that the API knows.</summary>
public enum EventType { Normal, Warning }
