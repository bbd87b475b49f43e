using Rollouts.Metrics.Prometheus;

namespace Rollouts.Metrics.Tests.Prometheus;

public sealed class PrometheusAddressTests
{
    [Theory]
    [InlineData("http://prometheus:9090", "http://prometheus:9090")]
    [InlineData("https://ann:s3cret@mimir.example/prometheus/", "https://mimir.example/prometheus")]
    [InlineData("http://[::1]:9090/", "http://[::1]:9090")]
    public void The_text_of_an_address_is_its_url_without_credentials(string given, string shown) =>
        Asking.Address(given).ToString().Should().Be(shown);

    [Theory]
    [InlineData("prometheus:9090")]
    [InlineData("/prometheus")]
    [InlineData("")]
    [InlineData("ftp://ann:s3cret@prometheus")]
    [InlineData("http://ann:s3cret@prometheus/?tenant=a")]
    [InlineData("http://ann:s3cret@prometheus/#top")]
    public void What_is_no_base_url_is_refused_without_repeating_its_credentials(string given)
    {
        PrometheusAddress.TryParse(given, out PrometheusAddress? address, out string? error).Should().BeFalse();

        address.Should().BeNull();
        error.Should().StartWith("the address of the metrics server must be ").And.NotContain("s3cret");
    }
}
