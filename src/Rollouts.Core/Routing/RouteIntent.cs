using Rollouts.Model;
using Rollouts.Model.Service;

namespace Rollouts.Core.Routing;

/// <summary>What a mesh router has to bring about: whose traffic, by which rules, shared how.</summary>
public sealed record RouteIntent(Names Names, ServiceSpec Service, Split Split);
