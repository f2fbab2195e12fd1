using ChatApp.Api;
using ChatApp.Api.Knowledge.Parsing;

if (ParserCommand.IsAskedFor(args))
{
    return ParserCommand.Run(args);
}

var builder = WebApplication.CreateBuilder(args);
var role = builder.Configuration.GetValue("ChatApp:Role", ApiRole.All);

builder.AddServiceDefaults();
builder.AddFoundation();
if (role is ApiRole.All or ApiRole.Api)
{
    builder.AddHttpApi();
}

if (role is ApiRole.All or ApiRole.Worker)
{
    builder.AddWorker();
}

var app = builder.Build();
app.MapDefaultEndpoints();
if (role is ApiRole.All or ApiRole.Api)
{
    app.MapHttpApi();
}

app.Run();
return 0;
