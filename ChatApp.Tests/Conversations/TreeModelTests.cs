using System.Net;
using System.Text.Json.Nodes;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;
using Node = ChatApp.Tests.Conversations.TreeModel.Node;

namespace ChatApp.Tests.Conversations;

/// <summary>Whatever is done to a tree in whatever order, it is what the model says, after each step.</summary>
[Trait("Category", "Integration")]
public sealed class TreeModelTests(StackFixture stack)
{
    private const int Steps = 120;

    private Random _random = null!;
    private ApiHost _host = null!;
    private ApiUser _user = null!;
    private TreeModel _tree = null!;
    private int _said;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(0)]
    public async Task Tree_RandomSteps_IsWhatTheModelSays(int seed)
    {
        seed = seed == 0 ? Random.Shared.Next() : seed;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        _random = new Random(seed);
        await using var engine = await ScriptedEngine.StartAsync();
        _host = await ApiHost.StartAsync(stack, engine, ApiHostRows.WithoutWorker, ("Models:Prefills", "true"), ("Turns:MaxActivePerUser", "1000"));
        _user = await _host.SignUpAsync();
        try
        {
            var trees = new List<TreeModel> { new(await _user.StartConversationAsync()) };
            for (var step = 0; step < Steps; step++)
            {
                _tree = trees[_random.Next(trees.Count)];
                var name = "";
                try
                {
                    name = await StepAsync(trees);
                    await CompareAsync(_tree);
                }
                catch (Exception exception)
                {
                    throw new InvalidOperationException($"Seed {seed}, step {step} ({name}): {exception.Message}", exception);
                }
            }

            foreach (var tree in trees)
            {
                await CompareAsync(tree);
            }
        }
        finally
        {
            _user.Dispose();
            await _host.DisposeAsync();
        }
    }

    private async Task<string> StepAsync(List<TreeModel> trees)
    {
        var node = _tree.Nodes.Count == 0 ? null : _tree.Nodes[_random.Next(_tree.Nodes.Count)];
        switch (_tree.Writing is not null && _random.Next(3) > 0 ? 0 : _random.Next(1, 12))
        {
            case 0:
                await EndAsync();
                return "end";
            case 1 or 2 or 3:
                await SayAsync();
                return "say";
            case 4 or 5 when node is not null:
                await EditAsync(node);
                return "edit";
            case 6 or 7 when node is not null:
                await RegenerateAsync(node);
                return "regenerate";
            case 8 or 9 when node is not null:
                await ContinueAsync(node);
                return "continue";
            case 10 when node is not null && trees.Count < 5:
                await BranchAsync(node, trees);
                return "branch";
            default:
                await ShowAsync(node);
                return "show";
        }
    }

    private async Task SayAsync()
    {
        var text = $"Said {++_said}";
        if (await TakenAsync(_user.PostTurnAsync(_tree.Conversation, text), _tree.Writing is null) is { } turn)
        {
            Begin(turn, _tree.Add(Said(turn), _tree.Current, isAnswer: false, text), "");
        }
    }

    private async Task EditAsync(Node node)
    {
        var text = $"Edited {++_said}";
        var sent = _user.EditAsync(_tree.Conversation, node.Id, text);
        if (node.IsAnswer)
        {
            await sent.JsonAsync(HttpStatusCode.BadRequest);
        }
        else if (await TakenAsync(sent, _tree.Writing is null) is { } turn)
        {
            Begin(turn, _tree.Add(Said(turn), node.Parent, isAnswer: false, text), "");
        }
    }

    private async Task RegenerateAsync(Node node)
    {
        if (await TakenAsync(_user.RegenerateAsync(_tree.Conversation, node.Id), node.IsAnswer && _tree.Writing is null) is { } turn)
        {
            Assert.Equal(node.Parent!.Id, Said(turn));
            Begin(turn, node.Parent, "");
        }
    }

    private async Task ContinueAsync(Node node)
    {
        if (await TakenAsync(_user.ContinueAsync(_tree.Conversation, node.Id), node.CanContinue && _tree.Writing is null) is { } turn)
        {
            var isLast = _tree.Children(node) is [];
            Begin(turn, node.Parent!, node.Text);
            node.ContinuedBy = isLast ? _tree.Writing : null;
        }
    }

    private async Task ShowAsync(Node? node)
    {
        await _user.ShowAsync(_tree.Conversation, node?.Id ?? Guid.NewGuid()).JsonAsync(node is null ? HttpStatusCode.NotFound : HttpStatusCode.OK);
        if (node is not null)
        {
            _tree.Show(node);
        }
    }

    private async Task BranchAsync(Node node, List<TreeModel> trees)
    {
        var isFinal = node != _tree.Writing;
        var made = await _user.BranchAsync(_tree.Conversation, node.Id).JsonAsync(isFinal ? HttpStatusCode.Created : HttpStatusCode.Conflict);
        if (isFinal)
        {
            var shown = await ShownAsync((Guid)made["id"]!);
            trees.Add(TreeModel.Branch((Guid)made["id"]!, node, [.. shown.Select(static m => (Guid)m["id"]!)]));
            await CompareAsync(trees[^1]);
        }
    }

    private async Task EndAsync()
    {
        var (status, messageStatus) = new[] { ("completed", "complete"), ("cancelled", "stopped"), ("failed", "failed") }[_random.Next(3)];
        var text = _tree.Writing!.Text + (_random.Next(4) == 0 ? "" : $" More {++_said}");
        var cutOff = status == "completed" && _random.Next(2) == 0;
        await _host.EndTurnAsync(_tree.Turn, status, text, status == "completed" ? cutOff ? "length" : "stop" : null);
        _tree.End(messageStatus, text, cutOff);
    }

    /// <summary>The turn, if it was to be taken; a refusal must leave everything as it was.</summary>
    private static async Task<JsonNode?> TakenAsync(Task<HttpResponseMessage> sent, bool expected)
    {
        var answer = await sent.JsonAsync(expected ? HttpStatusCode.Accepted : HttpStatusCode.Conflict);
        return expected ? answer : null;
    }

    private void Begin(JsonNode turn, Node said, string text) =>
        _tree.Begin((Guid)turn["id"]!, _tree.Add((Guid)turn["assistantMessageId"]!, said, isAnswer: true, text));

    private static Guid Said(JsonNode turn) => (Guid)turn["userMessageId"]!;

    private async Task CompareAsync(TreeModel tree)
    {
        var expected = TreeModel.PathTo(tree.Current).Select(node => Describe(tree, node));
        Assert.Equal(expected, (await ShownAsync(tree.Conversation)).Select(Describe));
    }

    /// <summary>The path that is shown, in pages of random length.</summary>
    private async Task<List<JsonNode>> ShownAsync(Guid conversation)
    {
        var shown = new List<JsonNode>();
        var cursor = "";
        do
        {
            var page = await _user.GetAsync($"/api/conversations/{conversation}/messages?limit={_random.Next(1, 9)}&cursor={cursor}");
            shown.InsertRange(0, page["items"]!.AsArray().Select(static m => m!));
            cursor = (string?)page["previousCursor"];
        }
        while (cursor is not null);
        return shown;
    }

    private static string Describe(TreeModel tree, Node node)
    {
        var siblings = tree.Siblings(node);
        var index = siblings.IndexOf(node);
        return Describe(
            node.Id, node.Parent?.Id, node.IsAnswer ? "assistant" : "user", node.Text, node.Status, index + 1, siblings.Count,
            index > 0 ? siblings[index - 1].Id : null, index + 1 < siblings.Count ? siblings[index + 1].Id : null, node.CanContinue);
    }

    private static string Describe(JsonNode m) => Describe(
        (Guid)m["id"]!, (Guid?)m["parentId"], (string)m["role"]!, (string)m["text"]!, (string)m["status"]!, (int)m["siblingIndex"]!,
        (int)m["siblingCount"]!, (Guid?)m["previousSiblingId"], (Guid?)m["nextSiblingId"], (bool)m["canContinue"]!);

    private static string Describe(
        Guid id, Guid? parent, string role, string text, string status, int index, int count, Guid? previous, Guid? next, bool canContinue) =>
        $"{id} under {parent}: {role} '{text}' {status}, {index} of {count}, between {previous} and {next}, {(canContinue ? "cut off" : "")}";
}
