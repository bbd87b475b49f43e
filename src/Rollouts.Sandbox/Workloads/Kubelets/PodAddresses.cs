namespace Rollouts.Sandbox.Workloads.Kubelets;

/// <summary>Gives pods addresses from 10.244.0.0/16, one after the other, each as late again as can be.</summary>
internal sealed class PodAddresses
{
    private readonly HashSet<string> taken = [];
    private int last = 1;

    public string Take()
    {
        while (true)
        {
            last = last % 65534 + 1;
            string address = $"10.244.{last >> 8}.{last & 255}";
            if ((last & 255) is not (0 or 255) && taken.Add(address))
                return address;
        }
    }

    public void Return(string address) => taken.Remove(address);
}
