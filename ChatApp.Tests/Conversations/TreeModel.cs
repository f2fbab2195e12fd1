namespace ChatApp.Tests.Conversations;

/// <summary>What a conversation's tree should be, in the simplest way that it can be said.</summary>
internal sealed class TreeModel(Guid conversation)
{
    public Guid Conversation { get; } = conversation;

    /// <summary>All messages, the oldest first.</summary>
    public List<Node> Nodes { get; } = [];

    public Node? Current { get; private set; }

    /// <summary>The answer that is being written.</summary>
    public Node? Writing { get; private set; }

    public Guid Turn { get; private set; }

    public static IEnumerable<Node> PathTo(Node? leaf)
    {
        var path = new List<Node>();
        for (var node = leaf; node is not null; node = node.Parent)
        {
            path.Insert(0, node);
        }

        return path;
    }

    public List<Node> Siblings(Node of) =>
        [.. Nodes.Where(n => n.Parent == of.Parent && n.IsAnswer == of.IsAnswer && n.ContinuedBy is null)];

    public Node Add(Guid id, Node? parent, bool isAnswer, string text)
    {
        var node = new Node(id, parent, isAnswer, text) { Status = isAnswer ? "pending" : "complete" };
        Nodes.Add(node);
        return node;
    }

    /// <summary>An answer begins, and is shown.</summary>
    public void Begin(Guid turn, Node answer) => (Turn, Writing, Current) = (turn, answer, answer);

    public void End(string status, string text, bool cutOff)
    {
        (Writing!.Status, Writing.Text, Writing.WasTooLong) = (status, text, cutOff);
        Writing = null;
    }

    public void Show(Node node)
    {
        while (node.ContinuedBy is { } next)
        {
            node = next;
        }

        while (Children(node).LastOrDefault(static c => c.ContinuedBy is null) is { } newest)
        {
            node = newest;
        }

        Current = node;
    }

    public List<Node> Children(Node of) => [.. Nodes.Where(n => n.Parent == of)];

    /// <summary>The same path in a conversation of its own.</summary>
    public static TreeModel Branch(Guid id, Node upTo, IReadOnlyList<Guid> ids)
    {
        var branch = new TreeModel(id);
        foreach (var (node, copyId) in PathTo(upTo).Zip(ids))
        {
            var copy = branch.Add(copyId, branch.Current, node.IsAnswer, node.Text);
            (copy.Status, copy.WasTooLong) = (node.Status, node.WasTooLong);
            branch.Current = copy;
        }

        return branch;
    }

    /// <summary>One message.</summary>
    internal sealed class Node(Guid id, Node? parent, bool isAnswer, string text)
    {
        public Guid Id { get; } = id;

        public Node? Parent { get; } = parent;

        public bool IsAnswer { get; } = isAnswer;

        public string Text { get; set; } = text;

        public string Status { get; set; } = "";

        public bool WasTooLong { get; set; }

        public Node? ContinuedBy { get; set; }

        public bool CanContinue =>
            IsAnswer && ContinuedBy is null && Text.Length > 0 && (Status is "stopped" or "failed" || (Status == "complete" && WasTooLong));
    }
}
