using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace ChatApp.Tests.StandIns.Hosting;

public sealed class ApplicationModelTests
{
    [Theory]
    [InlineData("")]
    [InlineData("1api")]
    [InlineData("api--web")]
    [InlineData("api-")]
    [InlineData("api_web")]
    [InlineData("a2345678901234567890123456789012345678901234567890123456789012345")]
    public void AddExecutable_InvalidName_Throws(string name)
    {
        Assert.Throws<ArgumentException>(() => Model.Builder().AddExecutable(name, "true", "."));
    }

    [Fact]
    public void AddExecutable_NameTakenInAnotherCase_Throws()
    {
        var builder = Model.Builder();
        builder.AddExecutable("api", "true", ".");

        Assert.Throws<DistributedApplicationException>(() => builder.AddExecutable("API", "true", "."));
    }

    [Fact]
    public void WaitFor_Itself_Throws()
    {
        var consumer = Model.Builder().Consumer();

        Assert.Throws<DistributedApplicationException>(() => consumer.WaitFor(consumer));
    }

    [Fact]
    public void WaitFor_Child_WaitsForItsParentToo()
    {
        var builder = Model.Builder();
        var server = builder.AddPostgres("pg");
        var consumer = builder.Consumer().WaitFor(server.AddDatabase("chatdb"));

        Assert.Equal(["pg", "chatdb"], consumer.Resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource.Name));
    }

    [Fact]
    public void WithExternalHttpEndpoints_BeforeTheEndpoint_MarksNothing()
    {
        var consumer = Model.Builder().Consumer().WithExternalHttpEndpoints().WithHttpEndpoint();

        Assert.False(Assert.Single(consumer.Resource.Annotations.OfType<EndpointAnnotation>()).IsExternal);
    }

    [Fact]
    public void WithHttpHealthCheck_NoHttpEndpoint_Throws()
    {
        Assert.Throws<DistributedApplicationException>(() => Model.Builder().Consumer().WithHttpHealthCheck("/health"));
    }

    [Fact]
    public async Task WithEndpoint_SameName_ChangesWhatItNames()
    {
        var consumer = Model.Builder().Consumer().WithHttpEndpoint(port: 5000, env: "PORT").WithHttpEndpoint(port: 6000);

        Assert.Equal(6000, Assert.Single(consumer.Resource.Annotations.OfType<EndpointAnnotation>()).Port);
        Assert.Contains("PORT", (await consumer.EnvironmentAsync(DistributedApplicationOperation.Publish)).Keys);
    }

    [Theory]
    [InlineData("18.3", "/var/lib/postgresql")]
    [InlineData("17.2", "/var/lib/postgresql/data")]
    public void Postgres_WithDataVolume_DependsOnTheTag(string tag, string target)
    {
        var server = Model.Builder().AddPostgres("pg").WithImageTag(tag).WithDataVolume();

        Assert.Equal(target, Assert.Single(server.Resource.Annotations.OfType<ContainerMountAnnotation>()).Target);
    }

    [Fact]
    public async Task Ollama_WithGpuSupport_AddsRuntimeArguments()
    {
        var ollama = Model.Builder().AddOllama("ollama").WithGPUSupport();
        var args = new List<object>();

        await Assert.Single(ollama.Resource.Annotations.OfType<ContainerRuntimeArgsCallbackAnnotation>())
            .Callback(new ContainerRuntimeArgsCallbackContext(args, TestContext.Current.CancellationToken));

        Assert.Equal(["--gpus", "all"], args);
        Assert.Equal("ollama-llama3-2", ollama.AddModel("llama3.2:3b").Resource.Name);
    }

    [Theory]
    [InlineData("ghcr.io/ggml-org/llama.cpp:server", "ghcr.io", "ggml-org/llama.cpp", "server")]
    [InlineData("redis", null, "redis", "latest")]
    [InlineData("localhost:5000/app:1", "localhost:5000", "app", "1")]
    public void AddContainer_Image_IsTakenApart(string text, string? registry, string image, string tag)
    {
        var annotation = Assert.Single(Model.Builder().AddContainer("c", text).Resource.Annotations.OfType<ContainerImageAnnotation>());

        Assert.Equal((registry, image, tag), (annotation.Registry, annotation.Image, annotation.Tag));
    }

    [Theory]
    [InlineData(false, "--operation", "run")]
    [InlineData(true, "--operation", "publish")]
    [InlineData(true, "--publisher", "manifest")]
    public void CreateBuilder_Arguments_DecideTheMode(bool isPublishMode, string name, string value)
    {
        Assert.Equal(isPublishMode, Model.Builder(name, value).ExecutionContext.IsPublishMode);
    }

    [Fact]
    public void AddAzureContainerAppEnvironment_InRunMode_IsNotInTheModel()
    {
        var running = Model.Builder();
        running.AddAzureContainerAppEnvironment("aca");
        var publishing = Model.Builder("--operation", "publish");
        publishing.AddAzureContainerAppEnvironment("aca");

        Assert.Empty(running.Resources);
        Assert.Contains(publishing.Resources, resource => resource.Name == "aca");
    }
}
