using ChatApp.Tests.Stack;
using Xunit;

[assembly: AssemblyFixture(typeof(StackFixture))]
