using ChatApp.Web;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddChatSite();

var app = builder.Build();
app.UseChatSite();
app.MapDefaultEndpoints();
app.MapChatSite();

await app.RunAsync();
